import java.util.ArrayList;
import java.util.List;

/** Formats the storage of several brokers in one JVM. Arguments: cluster id, then configuration files, then --add-scram values after "--". */
public class FormatBrokers {
  public static void main(String[] args) {
    List<String> files = new ArrayList<>();
    List<String> scram = new ArrayList<>();
    boolean users = false;
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals("--")) users = true;
      else if (users) { scram.add("--add-scram"); scram.add(args[i]); }
      else files.add(args[i]);
    }
    for (String file : files) {
      List<String> command = new ArrayList<>(List.of("format", "--ignore-formatted", "-t", args[0], "-c", file));
      command.addAll(scram);
      int code = kafka.tools.StorageTool.execute(command.toArray(new String[0]), System.out);
      if (code != 0) System.exit(code);
    }
  }
}
