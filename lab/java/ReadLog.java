import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes what a consumer was handed, one JSON line a poll: {"at":ms,"p":{"0":[first,next]}}. Truth for the lab, seen by nobody else. */
public class ReadLog implements ConsumerInterceptor<Object, Object> {
  private static final long MOST_BYTES = 24L * 1024 * 1024;
  private static final Object LOCK = new Object();
  private Path file;

  @Override
  public void configure(Map<String, ?> configs) {
    Object name = configs.get("lab.read.log");
    file = name == null ? null : Path.of(name.toString());
  }

  @Override
  public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
    if (file == null || records.isEmpty()) return records;
    StringBuilder line = new StringBuilder("{\"at\":").append(System.currentTimeMillis()).append(",\"p\":{");
    String comma = "";
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<Object, Object>> list = records.records(partition);
      long first = list.get(0).offset();
      long next = list.get(list.size() - 1).offset() + 1;
      line.append(comma).append('"').append(partition.partition()).append("\":[").append(first).append(',').append(next).append(']');
      comma = ",";
    }
    append(line.append("}}\n").toString());
    return records;
  }

  private void append(String line) {
    synchronized (LOCK) {
      try {
        if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
          Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        System.err.println("read log: " + e);
      }
    }
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
