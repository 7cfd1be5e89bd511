package org.dynocopy.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;
import org.dynocopy.diagnostic.Location;

/** The process of one task: takes it from its standard input, and reports on its output. */
final class ToyTask implements DeadLetters, CheckpointStore {

  private final DataOutputStream out;
  private final BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();

  private ToyTask(DataOutputStream out) {
    this.out = out;
  }

  /** Runs a task by a runner of this process. */
  static void run(Runner runner) throws Exception {
    DataInputStream in = new DataInputStream(System.in);
    ToyTask pipe = new ToyTask(new DataOutputStream(System.out));
    CopyTask task = ToyPipe.task(in);
    Transfer transfer = runner.transfer(task, pipe, RunListener.NONE, pipe);
    Thread listener = new Thread(() -> pipe.listen(in, transfer));
    listener.setDaemon(true);
    listener.start();
    Outcome outcome = transfer.run();
    synchronized (pipe) {
      pipe.out.writeByte(ToyPipe.END);
      ToyPipe.write(pipe.out, Map.of(), new Checkpoint(0, List.of(), outcome.counts()));
      pipe.out.writeUTF(outcome.failure().map(String::valueOf).orElse(""));
      pipe.out.flush();
    }
  }

  private void listen(DataInputStream in, Transfer transfer) {
    try {
      while (true) {
        byte kind = in.readByte();
        if (kind == ToyPipe.STOP) {
          transfer.stop();
        } else {
          answers.add(List.of("" + (char) kind, in.readUTF()));
        }
      }
    } catch (IOException e) {
      // Without its runner a task has no one to report to.
      transfer.fail(e);
      answers.add(List.of("" + (char) ToyPipe.REFUSAL, "the runner is gone"));
    }
  }

  /** Waits for the answer to what was written. */
  private String answer() throws IOException {
    out.flush();
    try {
      List<String> answer = answers.take();
      if (answer.get(0).charAt(0) == ToyPipe.REFUSAL) {
        throw new IOException(answer.get(1));
      }
      return answer.get(1);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public synchronized void keep(Checkpoint checkpoint) throws IOException {
    out.writeByte(ToyPipe.SAVE);
    ToyPipe.write(out, Map.of(), checkpoint);
    answer();
  }

  @Override
  public synchronized Optional<String> put(Item item, Optional<Location> refused, String reason)
      throws StoreException {
    try {
      out.writeByte(ToyPipe.LETTER);
      out.writeUTF(item.toString());
      out.writeUTF(reason);
      String end = answer();
      return end.isEmpty() ? Optional.empty() : Optional.of(end);
    } catch (IOException e) {
      throw new StoreException(StoreException.Kind.REFUSED, e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> place() {
    return Optional.empty();
  }

  @Override
  public Optional<String> firstReason() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
