package io.github.smoothreading.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("c");
    Checkpoint.write(file, "model-a", out -> out.writeUTF("body of the checkpoint"));
    return file;
  }

  private static String read(Path file) throws IOException {
    return Checkpoint.read(file, "model-a", in -> in.readUTF());
  }

  @Test
  void what_was_written_is_read_and_replaced() throws IOException {
    assertThat(read(written())).isEqualTo("body of the checkpoint");
    Checkpoint.write(written(), "model-a", out -> out.writeUTF("next"));
    assertThat(read(folder.resolve("c"))).isEqualTo("next");
    assertThat(folder)
        .isDirectoryContaining("glob:**/c")
        .isDirectoryNotContaining("glob:**.writing");
  }

  @Test
  void a_failed_write_leaves_the_old_checkpoint() throws IOException {
    Path file = written();
    assertThatThrownBy(
            () ->
                Checkpoint.write(
                    file,
                    "model-a",
                    out -> {
                      out.writeInt(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(read(file)).isEqualTo("body of the checkpoint");
  }

  @RepeatedTest(40)
  void any_changed_or_missing_byte_is_noticed(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    } else {
      bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void another_models_checkpoint_and_a_missing_one_are_named() throws IOException {
    Path file = written();
    assertThatThrownBy(() -> Checkpoint.read(file, "model-b", in -> in.readUTF()))
        .hasMessageContaining("model-a")
        .hasMessageContaining("model-b");
    assertThatThrownBy(() -> read(folder.resolve("none")))
        .hasMessageContaining("there is no checkpoint");
  }
}
