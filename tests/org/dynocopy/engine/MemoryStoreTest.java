package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.testing.StoreLaws;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The store in memory, which fails in every way, keeps the laws of real ones. */
@Execution(ExecutionMode.CONCURRENT)
class MemoryStoreTest extends StoreLaws {

  @Override
  protected int cases() {
    return 6;
  }

  @Override
  protected Places places(Random random) {
    MemorySource source = new MemorySource(random, List.of(Thing.Fate.WRITTEN), false);
    Set<String> written = ConcurrentHashMap.newKeySet();
    Queue<MemorySink> sinks = new ConcurrentLinkedQueue<>();
    return new Places() {
      @Override
      public Source source() {
        return source;
      }

      @Override
      public Sink sink() {
        MemorySink sink = new MemorySink(random, thing -> written.add(thing.id()));
        sinks.add(sink);
        return sink;
      }

      @Override
      public Set<String> expected() {
        return source.things.stream().map(Thing::id).collect(Collectors.toSet());
      }

      @Override
      public List<String> written() {
        assertThat(sinks).allMatch(sink -> sink.violations.isEmpty());
        return new ArrayList<>(written);
      }

      @Override
      public void clear() {
        written.clear();
      }
    };
  }
}
