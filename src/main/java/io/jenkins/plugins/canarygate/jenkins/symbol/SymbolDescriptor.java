package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/** A symbol that refuses arguments which it does not know. */
public abstract class SymbolDescriptor<T extends Describable<T>> extends Descriptor<T>
    implements CustomDescribableModel {
  // Where a symbol has one required argument, Pipeline may give it without its name.
  private static final String ANONYMOUS = "<anonymous>";

  @Override
  public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
    List<String> known = new ArrayList<>(names(clazz));
    if (arguments.size() == 1) {
      known.add(ANONYMOUS);
    }
    ArgumentNames.check(symbol(clazz), arguments.keySet(), known);
    return arguments;
  }

  /** The symbol is the name of the class. */
  static String symbol(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** The names of the arguments that a step or symbol takes. */
  public static List<String> names(Class<?> type) {
    return DescribableModel.of(type).getParameters().stream()
        .map(DescribableParameter::getName)
        .toList();
  }
}
