import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * Iceberg's reference REST catalog, bound to one address (its own main binds every interface), which also expires old
 * snapshots, as whoever keeps a lake does. Arguments: host port key=value...
 */
public class LoopbackCatalog {
  private static final long KEEP_MS = TimeUnit.HOURS.toMillis(6);
  private static final int KEEP_AT_LEAST = 100;

  public static void main(String[] args) throws Exception {
    Map<String, String> properties = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      properties.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    properties.putIfAbsent("catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog");
    properties.putIfAbsent("jdbc.schema-version", "V1");
    Catalog catalog = CatalogUtil.buildIcebergCatalog("lake", properties, new Configuration());
    keepHouse(catalog);
    ServletContextHandler handler = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    handler.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
    Server server = new Server(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
    server.setHandler(handler);
    server.start();
    server.join();
  }

  private static void keepHouse(Catalog catalog) {
    ScheduledExecutorService hourly =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "expire-snapshots");
              thread.setDaemon(true);
              return thread;
            });
    hourly.scheduleWithFixedDelay(() -> expireSnapshots(catalog), 60, 60, TimeUnit.MINUTES);
  }

  private static void expireSnapshots(Catalog catalog) {
    try {
      for (Namespace namespace : ((SupportsNamespaces) catalog).listNamespaces()) {
        for (TableIdentifier table : catalog.listTables(namespace)) {
          catalog
              .loadTable(table)
              .expireSnapshots()
              .expireOlderThan(System.currentTimeMillis() - KEEP_MS)
              .retainLast(KEEP_AT_LEAST)
              .commit();
        }
      }
    } catch (RuntimeException e) {
      System.err.println("expire snapshots: " + e);
    }
  }
}
