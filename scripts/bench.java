///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java DynamoLocal.java SampleUsers.java
//SOURCES benchmark/Bench.java
//SOURCES benchmark/BenchCommand.java
//SOURCES benchmark/Certificate.java
//SOURCES benchmark/Checkout.java
//SOURCES benchmark/Contender.java
//SOURCES benchmark/ContenderProcess.java
//SOURCES benchmark/Copy.java
//SOURCES benchmark/DynocopyContender.java
//SOURCES benchmark/HttpMessages.java
//SOURCES benchmark/Jvm.java
//SOURCES benchmark/LimitContender.java
//SOURCES benchmark/LocalServer.java
//SOURCES benchmark/Meter.java
//SOURCES benchmark/Partitions.java
//SOURCES benchmark/PlainConnection.java
//SOURCES benchmark/RecipeContender.java
//SOURCES benchmark/Run.java
//SOURCES benchmark/SampleItems.java
//SOURCES benchmark/SdkContender.java
//SOURCES benchmark/ServerProcess.java
//SOURCES benchmark/Signature.java
//SOURCES benchmark/StubServer.java
//SOURCES benchmark/StubTables.java
//SOURCES benchmark/Table.java
//MAIN bench
// What the contender `sdk` has and dynocopy has not.
//DEPS software.amazon.awssdk:bom:2.56.0@pom
//DEPS software.amazon.awssdk:apache-client

import org.dynocopy.scripts.benchmark.BenchCommand;
import picocli.CommandLine;

/**
 * Measures what a copy costs, beside a plain copy by the SDK and beside the least that it can cost;
 * {@code scripts/README.md} tells more.
 */
class bench {
  public static void main(String... args) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  System.err.println("bench: " + e.getMessage());
                  return 1;
                })
            .execute(args));
  }
}
