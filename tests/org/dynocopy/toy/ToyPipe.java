package org.dynocopy.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.RunSettings;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.state.CheckpointFile.Sample;

/** What a runner and the processes of its tasks say to each other, in bytes. */
final class ToyPipe {

  /** A task says how far it is; the answer is empty, or why it must end. */
  static final byte SAVE = 'S';

  /** A task has an item that cannot be written; the answer is why it must end, or empty. */
  static final byte LETTER = 'L';

  /** A task has ended: with its ledger, and why it failed, if it did. */
  static final byte END = 'E';

  /** A runner answers. */
  static final byte ANSWER = 'A';

  /** A runner answers that it could not do it. */
  static final byte REFUSAL = 'R';

  /** A runner asks a task to stop. */
  static final byte STOP = 'X';

  private ToyPipe() {}

  static void write(DataOutputStream out, Map<String, String> plan, Checkpoint checkpoint)
      throws IOException {
    byte[] bytes = new CheckpointFile(plan, 0, Path.of("-"), checkpoint, Sample.NONE).bytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Checkpoint checkpoint(DataInputStream in) throws IOException {
    return read(in).checkpoint();
  }

  private static CheckpointFile read(DataInputStream in) throws IOException {
    return CheckpointFile.of(in.readNBytes(in.readInt()), "pipe");
  }

  static void write(DataOutputStream out, CopyTask task) throws IOException {
    write(out, task.plan(), task.from());
    out.writeInt(task.settings().readers());
    out.writeInt(task.settings().writers());
    out.writeInt(task.attempt());
    out.flush();
  }

  static CopyTask task(DataInputStream in) throws IOException {
    CheckpointFile file = read(in);
    RunSettings settings = RunSettings.of(in.readInt(), in.readInt());
    return new CopyTask(file.plan(), settings, file.checkpoint(), in.readInt());
  }
}
