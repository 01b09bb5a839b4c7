import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Serves the broker's own request counters on loopback: GET / gives lines "<request> <version> <count>". */
public class RequestCounts implements MetricsReporter {
  private static HttpServer server;

  @Override
  public void configure(Map<String, ?> configs) {
    Object port = configs.get("lab.metrics.port");
    if (port != null) start(Integer.parseInt(port.toString()));
  }

  private static synchronized void start(int port) {
    if (server != null) return;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 4);
      server.createContext("/", exchange -> {
        byte[] body = counts().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      });
      server.start();
    } catch (Exception e) {
      System.err.println("request counts: " + e);
    }
  }

  private static String counts() {
    Map<String, Long> counts = new TreeMap<>();
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName name : beans.queryNames(new ObjectName("kafka.network:type=RequestMetrics,name=RequestsPerSec,*"), null)) {
        String key = name.getKeyProperty("request") + " " + name.getKeyProperty("version");
        counts.merge(key, (Long) beans.getAttribute(name, "Count"), Long::sum);
      }
    } catch (Exception e) {
      return "error " + e + "\n";
    }
    StringBuilder text = new StringBuilder();
    counts.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }

  @Override
  public void init(List<KafkaMetric> metrics) {}

  @Override
  public void metricChange(KafkaMetric metric) {}

  @Override
  public void metricRemoval(KafkaMetric metric) {}

  @Override
  public void close() {}
}
