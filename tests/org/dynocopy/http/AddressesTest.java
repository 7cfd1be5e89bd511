package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private static InetAddress[] addresses(String... texts) throws UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (String text : texts) {
      all.add(InetAddress.getByName(text));
    }
    return all.toArray(InetAddress[]::new);
  }

  @Test
  void eachConnectionBeginsWithTheNextAddress() throws Exception {
    InetAddress[] all = addresses("10.0.0.1", "10.0.0.2", "10.0.0.3");
    Addresses addresses = new Addresses(host -> all);
    List<InetAddress> first = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      assertThat(addresses.of("a")).containsExactlyInAnyOrder(all);
      first.add(addresses.of("a").get(0));
    }
    assertThat(first).contains(all);
  }

  @Test
  void addressesOfTheOtherVersionComeLast() throws Exception {
    InetAddress[] all = addresses("10.0.0.1", "fd00::1", "10.0.0.2", "fd00::2");
    Addresses addresses = new Addresses(host -> all);
    for (int i = 0; i < 4; i++) {
      assertThat(addresses.of("a").subList(2, 4)).containsExactly(all[1], all[3]);
    }
  }
}
