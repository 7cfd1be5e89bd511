package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

  private static String to(
      Map<String, String> variables, Map<String, String> properties, String url) {
    Optional<HttpProxy> proxy =
        ProxySettings.of(variables::get, properties::get).to(Origin.of(URI.create(url)));
    return proxy.map(p -> p.at().authority()).orElse("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://p:3128, https://a.b, p:3128",
    "https_proxy, http://p:3128, https://a.b, p:3128",
    "HTTPS_PROXY, p:3128, https://a.b, p:3128",
    "HTTPS_PROXY, http://p, https://a.b, p:80",
    "HTTPS_PROXY, http://[::2]:3128, https://a.b, [::2]:3128",
    "HTTPS_PROXY, http://p:3128, http://a.b, direct",
    "HTTP_PROXY, http://p:3128, http://a.b, p:3128",
    "HTTP_PROXY, http://p:3128, https://a.b, direct",
    "HTTPS_PROXY, http://p:3128, https://localhost, direct",
    "HTTPS_PROXY, http://p:3128, https://127.0.0.1:8000, direct",
    "HTTPS_PROXY, http://p:3128, 'https://[::1]:8000', direct",
  })
  void variableNamesTheProxyOfAScheme(String name, String value, String url, String proxy) {
    assertThat(to(Map.of(name, value), Map.of(), url)).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "amazonaws.com, direct",
    ".amazonaws.com, direct",
    "*.amazonaws.com, direct",
    "'x, Dynamodb.eu-west-1.AMAZONAWS.com', direct",
    "*, direct",
    "onaws.com, p:1",
    "amazonaws, p:1",
    "amazonawsXcom, p:1",
    "', ,', p:1",
    "amazonaws.com:443, direct",
    "amazonaws.com:8443, p:1",
    "example.com amazonaws.com, direct",
    "10.0.0.0/8, p:1",
  })
  void hostsOfNoProxyAreReachedDirectly(String hosts, String proxy) {
    Map<String, String> variables = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", hosts);
    assertThat(to(variables, Map.of(), "https://dynamodb.eu-west-1.amazonaws.com"))
        .isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, https://10.255.0.1, direct",
    "10.0.0.0/8, https://11.0.0.1, p:1",
    "10.1.2.3, https://10.1.2.3, direct",
    "10.1.2.3:8443, https://10.1.2.3, p:1",
    "10.1.2.3:8443, https://10.1.2.3:8443, direct",
    "10.1.2.0/23, https://10.1.3.255, direct",
    "10.1.2.0/23, https://10.1.4.0, p:1",
    "0.0.0.0/0, https://9.9.9.9, direct",
    "0.0.0.0/0, https://a.b, p:1",
    "10.0.0.0/x, https://10.0.0.1, p:1",
    "fd00::/8, 'https://[fd12::1]', direct",
    "fd00::/8, 'https://[fe80::1]', p:1",
    "[fd12::1]:8443, 'https://[fd12::1]:8443', direct",
    "[fd12::1]:8443, 'https://[fd12::1]', p:1",
    "10.0.0.0/8, 'https://[fd12::1]', p:1",
    "x, 'https://[0:0:0:0:0:0:0:1]:8000', direct",
    "x, https://127.1.2.3, direct",
    "x, https://127.evil.example, p:1",
    "x, https://db.LOCALHOST, direct",
    "x, https://localhost., direct",
    "x, https://notlocalhost, p:1",
  })
  void networksAndPortsOfNoProxyAreReachedDirectly(String hosts, String url, String proxy) {
    Map<String, String> variables = Map.of("HTTPS_PROXY", "http://p:1", "no_proxy", hosts);
    assertThat(to(variables, Map.of(), url)).isEqualTo(proxy);
  }

  @Test
  void propertiesOfJavaCountBeforeVariables() {
    Map<String, String> variables = Map.of("HTTPS_PROXY", "http://p:1");
    Map<String, String> properties =
        Map.of("https.proxyHost", "q", "https.proxyPort", "2", "http.nonProxyHosts", "*.x|y.z");
    assertThat(to(variables, properties, "https://a.b")).isEqualTo("q:2");
    assertThat(to(variables, properties, "https://a.x")).isEqualTo("direct");
    assertThat(to(variables, properties, "https://y.z")).isEqualTo("direct");
    assertThat(to(variables, properties, "https://b.y.z")).isEqualTo("q:2");
  }

  @Test
  void userIsTakenFromTheUrlOrTheProperties() {
    ProxySettings ofUrl =
        ProxySettings.of(Map.of("HTTPS_PROXY", "http://a%40b:c%2Bd+e@p:1")::get, n -> null);
    assertThat(ofUrl.https().flatMap(HttpProxy::user)).contains(new HttpProxy.User("a@b", "c+d+e"));
    Map<String, String> properties =
        Map.of("https.proxyHost", "q", "https.proxyUser", "u", "https.proxyPassword", "s3cr3t");
    ProxySettings ofProperties = ProxySettings.of(n -> null, properties::get);
    assertThat(ofProperties.https().flatMap(HttpProxy::user))
        .contains(new HttpProxy.User("u", "s3cr3t"));
    assertThat(ofProperties.toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://p:1",
        "http://",
        "http://a b:s3cr3t@p",
        "http://u:s3cr3t%zz@p",
        "http://p:99999",
        "http://ann:12#s3cr3t@p:1",
        "http://ann:12/s3cr3t@p:1",
        "http://ann:12?s3cr3t@p:1",
        "ann:12#s3cr3t@p",
        "http:ann:s3cr3t@p://"
      })
  void whatIsNoProxyIsToldByTheVariableAlone(String url) {
    assertThatThrownBy(() -> ProxySettings.of(Map.of("HTTPS_PROXY", url)::get, n -> null))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageContaining("http://proxy.example.com:3128")
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("s3cr3t");
  }
}
