import { writeFileSync } from "node:fs";
import path from "node:path";
import type { LabContext } from "../lab-context.ts";

/** XML, since a YAML reader is not among Kafka's jars; to the console, whose file the supervisor keeps small. */
const CONFIG = `<Configuration status="ERROR">
  <Appenders><Console name="out"><PatternLayout pattern="[%d] %p %m (%c)%n"/></Console></Appenders>
  <Loggers>
    <Logger name="org.apache.kafka.clients" level="WARN"/>
    <Logger name="org.apache.kafka.common.config" level="WARN"/>
    <Logger name="kafka.server.KafkaConfig" level="WARN"/>
    <Root level="INFO"><AppenderRef ref="out"/></Root>
  </Loggers>
</Configuration>
`;

export function log4jFlag(context: Pick<LabContext, "paths">): string {
  const file = path.join(context.paths.conf, "log4j2.xml");
  writeFileSync(file, CONFIG);
  return `-Dlog4j2.configurationFile=${file}`;
}
