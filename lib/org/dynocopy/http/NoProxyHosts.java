package org.dynocopy.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Servers that are not behind a proxy.
 *
 * @see <a href="https://curl.se/docs/manpage.html#NOPROXY">NO_PROXY, as curl reads it</a>
 */
final class NoProxyHosts implements Predicate<Origin> {

  /** All names that end so are this machine (RFC 6761). */
  private static final Pattern LOCAL = Pattern.compile("(?:.*\\.)?localhost\\.?");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*\\]?");
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d{1,5})");

  private final List<Predicate<Origin>> rules = new ArrayList<>();

  /** Names this machine alone. */
  NoProxyHosts() {
    rules.add(origin -> isThisMachine(origin.host()));
  }

  /** Returns whether a host is this machine itself, by its name or its address. */
  static boolean isThisMachine(String host) {
    return LOCAL.matcher(host).matches() || bytes(host).map(NoProxyHosts::isLoopback).orElse(false);
  }

  private static boolean isLoopback(byte[] address) {
    try {
      return InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public boolean test(Origin origin) {
    return rules.stream().anyMatch(rule -> rule.test(origin));
  }

  /** Adds what Java's property has: names, with {@code *} for any text. */
  void addProperty(String hosts) {
    for (String host : hosts.split("\\|")) {
      Pattern names = Pattern.compile(wild(host.strip().toLowerCase(Locale.ROOT)));
      rules.add(origin -> names.matcher(origin.host()).matches());
    }
  }

  /**
   * Adds what a variable has: domains with all below them, addresses, networks as {@code
   * 10.0.0.0/8}, each with a port where the rule is for that port alone.
   */
  void addVariable(String hosts) {
    for (String entry : hosts.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      Matcher port = WITH_PORT.matcher(entry);
      if (port.matches()) {
        int only = Integer.parseInt(port.group(2));
        rule(port.group(1)).ifPresent(rule -> rules.add(o -> o.port() == only && rule.test(o)));
      } else {
        rule(entry).ifPresent(rules::add);
      }
    }
  }

  private static Optional<Predicate<Origin>> rule(String entry) {
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    int slash = entry.indexOf('/');
    String address = slash < 0 ? entry : entry.substring(0, slash);
    Optional<byte[]> network = bytes(address);
    if (network.isPresent()) {
      int all = network.get().length * 8;
      String bits = slash < 0 ? "" + all : entry.substring(slash + 1);
      return bits.matches("\\d{1,3}")
          ? Optional.of(o -> isIn(o, network.get(), Math.min(all, Integer.parseInt(bits))))
          : Optional.empty();
    }
    String domain = entry.equals("*") ? entry : entry.replaceFirst("^\\*?\\.", "");
    Pattern names = Pattern.compile("(.*\\.)?" + wild(domain));
    return Optional.of(origin -> names.matcher(origin.host()).matches());
  }

  private static String wild(String name) {
    return Pattern.quote(name).replace("*", "\\E.*\\Q");
  }

  private static boolean isIn(Origin origin, byte[] network, int bits) {
    Optional<byte[]> host = bytes(origin.host());
    if (host.isEmpty() || host.get().length != network.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int differs = (host.get()[i / 8] ^ network[i / 8]) & (0x80 >> i % 8);
      if (differs != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns an address that is written as one; no name is asked for. */
  private static Optional<byte[]> bytes(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
