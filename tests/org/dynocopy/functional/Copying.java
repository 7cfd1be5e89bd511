package org.dynocopy.functional;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.http.Transports;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.TestServers;

/**
 * Copies between test servers: the environment {@code a} is the source's, {@code b} the target's.
 */
final class Copying {

  static final Location HERE = Location.NOWHERE;

  private Copying() {}

  /** Returns the plan of a copy, with more words if wanted. */
  static Copy plan(
      URI source, String from, URI target, String to, Consumer<CopySpecBuilder> words) {
    CopySpecBuilder copy = new CopySpecBuilder(Optional.empty(), HERE);
    copy.from("a:" + from, HERE).to("b:" + to, HERE);
    words.accept(copy);
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    return copy.build(none.with(List.of(environment("a", source), environment("b", target))));
  }

  static Environment environment(String name, URI server) {
    return Environment.named(name)
        .withEndpoint(Optional.of(server))
        .withRegion(Optional.of(TestServers.REGION));
  }

  /** Copies, and returns how it ended. */
  static Outcome run(Copy copy) throws StoreException, InterruptedException {
    return report(copy).outcome();
  }

  /** Copies, and returns how each stage ended. */
  static Report report(Copy copy) throws StoreException, InterruptedException {
    return report(copy, new DefaultStores());
  }

  private static Report report(Copy copy, Stores open) throws StoreException, InterruptedException {
    try (Stores stores = open) {
      return CopyRun.of(copy, stores).run(Stages.QUIET);
    }
  }

  /** Copies a whole table by one of the transports, and returns how it ended. */
  static Outcome copy(Transports by, URI source, String from, URI target, String to)
      throws StoreException, InterruptedException {
    return report(plan(source, from, target, to, copy -> {}), FakeService.by(by)).outcome();
  }

  /** Copies a whole table, and returns how it ended. */
  static Outcome copy(URI source, String from, URI target, String to)
      throws StoreException, InterruptedException {
    return run(plan(source, from, target, to, copy -> {}));
  }
}
