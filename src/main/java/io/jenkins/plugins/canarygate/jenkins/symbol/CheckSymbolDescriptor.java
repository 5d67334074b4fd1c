package io.jenkins.plugins.canarygate.jenkins.symbol;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.canarygate.gatefile.Fragment;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a check: what all of them have in common. */
public abstract class CheckSymbolDescriptor extends SymbolDescriptor<CheckSymbol> {

  /** A check of this kind in which everything is right. */
  abstract CheckSymbol sample();

  /** What is wrong with a field of a check of this kind; empty where nothing is. */
  Optional<String> fault(String value, Consumer<CheckSymbol> with, String... fields) {
    return FieldRules.fault(
        () -> {
          CheckSymbol check = sample();
          with.accept(check);
          return check.toTree();
        },
        value,
        fields);
  }

  /** Only who may see the job's configuration is answered at all. */
  static FormValidation answer(Item item, Supplier<Optional<String>> fault) {
    if (!Forms.mayConfigure(item)) {
      return FormValidation.ok();
    }
    return fault.get().map(FormValidation::error).orElseGet(FormValidation::ok);
  }

  @POST
  public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(
        item,
        () ->
            FieldRules.fault(
                () -> {
                  var tree = sample().toTree();
                  tree.put("name", value);
                  return tree;
                },
                value,
                "name"));
  }

  @POST
  public FormValidation doCheckFail(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> fault(value, check -> check.setFail(value), "fail"));
  }

  @POST
  public FormValidation doCheckWarn(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> fault(value, check -> check.setWarn(value), "warn"));
  }

  @POST
  public FormValidation doCheckPass(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(
        item,
        () ->
            fault(
                value,
                check -> {
                  check.setFail(null);
                  check.setPass(value);
                },
                "pass"));
  }

  @POST
  public FormValidation doCheckWindow(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> fault(value, check -> check.setWindow(value), "window"));
  }

  @POST
  public FormValidation doCheckInitialDelay(
      @AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> fault(value, check -> check.setInitialDelay(value), "initialDelay"));
  }

  @POST
  public FormValidation doCheckInterval(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> fault(value, check -> check.setInterval(value), "interval"));
  }

  @POST
  public FormValidation doCheckMinimumSamples(
      @AncestorInPath Item item, @QueryParameter String value) {
    return answer(
        item, () -> fault(value, check -> check.setMinimumSamples(value), "minimumSamples"));
  }

  @POST
  public FormValidation doCheckCount(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> number(value, "count"));
  }

  @POST
  public FormValidation doCheckFailureLimit(
      @AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> number(value, "failureLimit"));
  }

  @POST
  public FormValidation doCheckInconclusiveLimit(
      @AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> number(value, "inconclusiveLimit"));
  }

  @POST
  public FormValidation doCheckConsecutiveErrorLimit(
      @AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> number(value, "consecutiveErrorLimit"));
  }

  @POST
  public FormValidation doCheckWeight(@AncestorInPath Item item, @QueryParameter String value) {
    return answer(item, () -> number(value, "weight"));
  }

  /** A field of numbers, whose text may be none. */
  private Optional<String> number(String value, String field) {
    return FieldRules.fault(
        () -> {
          var tree = sample().toTree();
          String given = CheckSymbol.text(value);
          CheckSymbol.put(tree, field, given == null ? null : Fragment.read(given, field));
          return tree;
        },
        value,
        field);
  }
}
