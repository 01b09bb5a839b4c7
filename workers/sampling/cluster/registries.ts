import { findOpenConnection, listConnections } from "#lib/db/connections.ts";
import { RegistryAvroDecoder } from "#lib/sources/schema-registry/avro-decoder.ts";
import { SchemaRegistry } from "#lib/sources/schema-registry/schema-registry.ts";
import { latest } from "../latest.ts";

const LOOKED_UP_EVERY_MS = 30_000;

/** Decoders by the registry they ask; one is made anew when its connection was changed, and forgets its schemas then. */
export class Registries {
  private readonly connections = latest(() => listConnections(), LOOKED_UP_EVERY_MS);
  private readonly made = new Map<string, { decoder: RegistryAvroDecoder; version: number }>();

  /** Topic → its decoder; absent where the registry that is named is not connected. */
  async decoders(registries: ReadonlyMap<string, string>): Promise<Map<string, RegistryAvroDecoder>> {
    const found = new Map<string, RegistryAvroDecoder>();
    for (const [topic, name] of registries) {
      const decoder = await this.decoder(name);
      if (decoder) found.set(topic, decoder);
    }
    return found;
  }

  private async decoder(name: string): Promise<RegistryAvroDecoder | null> {
    const listed = (await this.connections()).find((one) => one.kind === "registry" && one.name === name);
    if (!listed) return null;
    const version = listed.updatedAt.getTime();
    const known = this.made.get(name);
    if (known?.version === version) return known.decoder;
    const connection = await findOpenConnection("registry", listed.id);
    if (!connection) return null;
    const decoder = new RegistryAvroDecoder(new SchemaRegistry(name, connection.config, connection.secret));
    this.made.set(name, { decoder, version });
    return decoder;
  }
}
