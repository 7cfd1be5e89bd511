package org.dynocopy.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses behind names, each time in another order, so that all of them get connections. */
final class Addresses {

  /** Knows names; the JDK asks for one again when what it knows is some seconds old. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final AtomicInteger turn = new AtomicInteger();

  Addresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Returns a host's addresses. Those of the version of IP that the system prefers come first: the
   * other one may lead nowhere, which takes long to find out.
   */
  List<InetAddress> of(String host) throws UnknownHostException {
    List<InetAddress> all = Arrays.asList(resolver.all(host));
    Class<?> version = all.get(0).getClass();
    List<InetAddress> preferred =
        new ArrayList<>(all.stream().filter(version::isInstance).toList());
    Collections.rotate(preferred, -Math.floorMod(turn.getAndIncrement(), preferred.size()));
    all.stream().filter(address -> !version.isInstance(address)).forEach(preferred::add);
    return preferred;
  }
}
