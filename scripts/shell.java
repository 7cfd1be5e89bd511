///usr/bin/env jbang "$0" "$@" ; exit $?

//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java
//MAIN shell

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * A JShell with dynocopy on its class path and its words imported. Arguments are those of {@code
 * jshell}. Lines that are piped in run without prompts and echoes; a mistake or an exception in
 * them makes the exit code 1, where JShell itself would say 0.
 */
class shell {

  private static final String STARTUP =
      "import org.dynocopy.*;\nimport static org.dynocopy.Dynocopy.*;\n";
  private static final String HINT =
      "Try: copy(\"prod:users\", \"dev:users\").segments(8).run()   Leave: /exit";

  public static void main(String[] args) throws Exception {
    boolean piped = args.length == 0 && "true".equals(System.getenv("JBANG_STDIN_NOTTY"));
    var startup = Files.createTempFile("dynocopy", ".jsh");
    startup.toFile().deleteOnExit();
    Files.writeString(startup, STARTUP);
    var options = new ArrayList<>(List.of("--class-path", System.getProperty("java.class.path")));
    options.addAll(List.of("--startup", "DEFAULT", "--startup", startup.toString()));
    options.addAll(piped ? List.of("-s", "-") : List.of(args));

    var errors = new Watched(System.err);
    var tool = JavaShellToolBuilder.builder().err(new PrintStream(errors, true), System.err);
    if (piped) {
      tool.persistence(new HashMap<>()); // a pipe wants no one's settings, and leaves none
    } else if (args.length == 0) {
      System.out.println(HINT);
    }
    int code = tool.start(options.toArray(String[]::new));
    System.exit(code == 0 && piped && errors.written ? 1 : code);
  }

  /** Knows whether anything was written. */
  private static final class Watched extends FilterOutputStream {
    private boolean written;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      written = true;
      super.write(b);
    }
  }
}
