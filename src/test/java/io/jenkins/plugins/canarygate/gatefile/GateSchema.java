package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.evidence.NotWhenNamed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Generates the JSON Schema of the gate file from its records. */
final class GateSchema implements CustomDefinitionProviderV2 {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String PLACEHOLDER = "\\$\\{";

  /** Types that are a single value. What is text may hold a placeholder in place of its form. */
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          Duration.class,
          "{'type':'string','pattern':'^([0-9]+(h|ms|m|s))+$|" + "\\\\$\\\\{'}",
          Percent.class,
          "{'type':['number','string'],'minimum':0,'maximum':100,"
              + "'pattern':'^[0-9.]+ *%?$|\\\\$\\\\{'}",
          Criterion.class,
          "{'type':'string','pattern':'^ *(<=?|>=?|==|!=|in *\\\\[)|\\\\$\\\\{'}",
          Literal.class,
          "{'type':['string','number','boolean']}",
          JsonNode.class,
          "{'type':'object'}");

  private GateSchema() {}

  /** The schema, as it is committed. */
  static String text() {
    return text(RawGate.class, "Gate file of Canary Gate");
  }

  /** The schema of the file of named checks. */
  static String ofChecks() {
    return text(RawChecks.class, "Named checks of Canary Gate's gate server");
  }

  private static String text(Class<?> type, String title) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_REQUIRED));
    config
        .forFields()
        .withIgnoreCheck(field -> hidden(field) || type == RawChecks.class && notWhenNamed(field))
        .withDefaultResolver(GateSchema::defaultValue)
        .withCustomDefinitionProvider(GateSchema::property);
    config.forTypesInGeneral().withCustomDefinitionProvider(new GateSchema());
    ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(type);
    schema.put("title", title);
    try {
      return JSON.writeValueAsString(schema) + "\n";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean hidden(FieldScope field) {
    Alone alone = field.getAnnotation(Alone.class);
    return field.getAnnotation(Brings.class) != null || alone != null && alone.only();
  }

  private static boolean notWhenNamed(FieldScope field) {
    return field.getAnnotation(NotWhenNamed.class) != null;
  }

  private static Object defaultValue(FieldScope field) {
    return RecordShape.of(field.getDeclaringType().getErasedType()).fields().stream()
        .filter(shape -> shape.component().getName().equals(field.getDeclaredName()))
        .findFirst()
        .flatMap(RecordShape.Field::defaultValue)
        .map(text -> JsonTree.of(Defaults.node(text)))
        .orElse(null);
  }

  private static CustomPropertyDefinition property(
      FieldScope field, SchemaGenerationContext context) {
    Words words = field.getAnnotation(Words.class);
    if (words != null) {
      return new CustomPropertyDefinition(words(words));
    }
    if (!field.isFakeContainerItemScope() && field.getType().getErasedType() == Map.class) {
      ObjectNode map = JSON.createObjectNode().put("type", "object");
      map.set(
          "additionalProperties",
          context.createDefinitionReference(field.getType().getTypeParameters().get(1)));
      return new CustomPropertyDefinition(map);
    }
    if (field.getAnnotation(OneOrMany.class) == null || field.isFakeContainerItemScope()) {
      return null;
    }
    ResolvedType item = field.getType().getTypeParameters().get(0);
    ObjectNode either = JSON.createObjectNode();
    ArrayNode anyOf = either.putArray("anyOf");
    anyOf.add(context.createDefinitionReference(item));
    ObjectNode list = anyOf.addObject().put("type", "array").put("minItems", 1);
    list.set("items", context.createDefinitionReference(item));
    return new CustomPropertyDefinition(either);
  }

  private static ObjectNode words(Words words) {
    ObjectNode either = JSON.createObjectNode();
    ArrayNode anyOf = either.putArray("anyOf");
    ArrayNode known = anyOf.addObject().putArray("enum");
    Arrays.stream(words.value()).forEach(known::add);
    anyOf.addObject().put("type", "string").put("pattern", PLACEHOLDER);
    return either;
  }

  @Override
  public CustomDefinition provideCustomSchemaDefinition(
      ResolvedType type, SchemaGenerationContext context) {
    Class<?> raw = type.getErasedType();
    if (SCALARS.containsKey(raw)) {
      return new CustomDefinition(
          parsed(SCALARS.get(raw)),
          CustomDefinition.DefinitionType.INLINE,
          CustomDefinition.AttributeInclusion.YES);
    }
    if (raw == Integer.class || raw == Double.class) {
      String number = raw == Integer.class ? "integer" : "number";
      return new CustomDefinition(
          JSON.createObjectNode().put("type", number).put("minimum", 0),
          CustomDefinition.DefinitionType.INLINE,
          CustomDefinition.AttributeInclusion.YES);
    }
    return raw.isRecord() ? new CustomDefinition(record(type, context)) : null;
  }

  private ObjectNode record(ResolvedType type, SchemaGenerationContext context) {
    RecordShape shape = RecordShape.of(type.getErasedType());
    ObjectNode object = context.createStandardDefinition(type, this);
    object.put("additionalProperties", false);
    shape.brings().ifPresent(role -> sections(role, object, context));
    if (shape.alone().isEmpty()) {
      return object;
    }
    ObjectNode either = JSON.createObjectNode();
    ArrayNode anyOf = either.putArray("anyOf");
    RecordShape.Field alone = shape.alone().get();
    anyOf.add(
        alone
            .find(Words.class)
            .map(GateSchema::words)
            .orElseGet(
                () -> context.createDefinition(context.getTypeContext().resolve(alone.type()))));
    anyOf.add(object);
    return either;
  }

  private static void sections(Role role, ObjectNode object, SchemaGenerationContext context) {
    ObjectNode properties =
        object.has("properties")
            ? (ObjectNode) object.get("properties")
            : object.putObject("properties");
    for (Sections.Section section : Sections.of(role)) {
      ResolvedType type = context.getTypeContext().resolve(section.type());
      ObjectNode reference = context.createDefinitionReference(type);
      if (section.list()) {
        ObjectNode list = properties.putObject(section.word());
        list.put("type", "array").put("minItems", 1);
        list.set("items", reference);
      } else {
        properties.set(section.word(), reference);
      }
    }
    if (role.exactlyOne()) {
      ArrayNode oneOf = object.putArray("oneOf");
      Sections.words(role).forEach(word -> oneOf.addObject().putArray("required").add(word));
    }
  }

  private static ObjectNode parsed(String json) {
    try {
      return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
