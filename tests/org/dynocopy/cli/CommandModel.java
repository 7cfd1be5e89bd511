package org.dynocopy.cli;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Picocli's model of all commands, for tests of other packages. */
public final class CommandModel {

  private static final CommandSpec ROOT =
      Main.all(new Console(System.out, System.out, System.err, false)).getCommandSpec();

  private CommandModel() {}

  /** Returns the names of all commands that do something: {@code copy}, {@code schema show}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    ROOT.subcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().isEmpty()) {
                names.add(name);
              }
              command.getSubcommands().keySet().forEach(sub -> names.add(name + " " + sub));
            });
    return names;
  }

  /** Returns the long names of a command's options. */
  public static List<String> options(String command) {
    CommandSpec spec = ROOT;
    for (String name : command.split(" ")) {
      spec = spec.subcommands().get(name).getCommandSpec();
    }
    return spec.options().stream().map(OptionSpec::longestName).toList();
  }
}
