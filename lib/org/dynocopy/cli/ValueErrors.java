package org.dynocopy.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The sentences for options and parameters that are missing, twice there, or of another type. */
final class ValueErrors {

  private ValueErrors() {}

  /** Returns the sentence for one, unless it is another mistake. */
  static Optional<String> of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof MissingParameterException missing) {
      return Optional.of(missing(command, missing.getMissing()));
    }
    if (e.getMessage().equals("Missing required subcommand")) {
      return Optional.of(missing(command));
    }
    if (e instanceof OverwrittenOptionException twice) {
      return Optional.of("`" + name(twice.getOverwritten()) + "` is given twice");
    }
    return e.getArgSpec() instanceof OptionSpec option && e.getValue() != null
        ? Optional.of(value(option, e))
        : Optional.empty();
  }

  private static String missing(CommandSpec command, List<ArgSpec> missing) {
    if (!missing.isEmpty() && missing.get(0) instanceof OptionSpec option) {
      return "`" + name(option) + "` needs " + needs(option);
    }
    return "`"
        + UsageErrors.commands(command)
        + "` needs "
        + command.positionalParameters().stream()
            .filter(one -> one.originalStringValues().isEmpty())
            .map(ArgSpec::paramLabel)
            .collect(Collectors.joining(" and "))
        + ": it is "
        + UsageErrors.synopsis(command);
  }

  private static String missing(CommandSpec parent) {
    return "`"
        + UsageErrors.commands(parent)
        + "` needs a command behind it, one of `"
        + parent.subcommands().keySet().stream().sorted().collect(Collectors.joining("`, `"))
        + "`";
  }

  private static String needs(OptionSpec option) {
    int values = option.arity().min();
    String label = (" " + option.paramLabel()).repeat(Math.max(1, values));
    String many = values > 1 ? values + " values" : "a value";
    return many + ": `" + name(option) + label + "`";
  }

  private static String value(OptionSpec option, ParameterException e) {
    String name = "`" + name(option) + "` ";
    String not = ", not `" + e.getValue() + "`";
    if (option.isMultiValue() && option.type() == Map.class) {
      return name
          + "takes "
          + option.paramLabel()
          + ", as in `"
          + name(option)
          + " tenant=t1`"
          + not;
    }
    Class<?>[] types = option.auxiliaryTypes();
    Class<?> type = types.length > 0 ? types[types.length - 1] : option.type();
    if (type == boolean.class || type == Boolean.class) {
      return name + "takes no value" + not;
    }
    if (type == Double.class) {
      return name + "takes a number" + not;
    }
    if (type == Integer.class || type == Long.class) {
      return name + "takes a whole number" + not;
    }
    return e.getCause() instanceof TypeConversionException ours
        ? name + "takes " + ours.getMessage() + not
        : e.getMessage();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
  }
}
