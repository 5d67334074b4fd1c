package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the fields of a record of the gate file are, read from its components. */
record RecordShape(Class<?> type, List<Field> fields) {
  /** Asking a class for its components anew for each check of a long file takes seconds. */
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(
              type, Arrays.stream(type.getRecordComponents()).map(Field::new).toList());
        }
      };

  /** One field. */
  record Field(RecordComponent component) {
    String name() {
      return find(JsonProperty.class)
          .map(JsonProperty::value)
          .filter(name -> !name.isEmpty())
          .orElse(component.getName());
    }

    Class<?> type() {
      return component.getType();
    }

    /** What a list or a map holds. */
    Class<?> itemType() {
      Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
      return (Class<?>) arguments[arguments.length - 1];
    }

    String description() {
      return find(JsonPropertyDescription.class).map(JsonPropertyDescription::value).orElse("");
    }

    boolean required() {
      return find(JsonProperty.class).map(JsonProperty::required).orElse(false);
    }

    /** The default as a gate file would write it. */
    Optional<String> defaultValue() {
      return find(JsonProperty.class).map(JsonProperty::defaultValue).filter(d -> !d.isEmpty());
    }

    /** Whether it has no name of its own in the file. */
    boolean hidden() {
      return find(Alone.class).map(Alone::only).orElse(false) || find(Brings.class).isPresent();
    }

    // Jackson's annotations have no place on the component itself: its accessor inherits them.
    <A extends Annotation> Optional<A> find(Class<A> annotation) {
      return Optional.ofNullable(component.getAccessor().getAnnotation(annotation));
    }
  }

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** The field that may stand in place of the whole mapping. */
  Optional<Field> alone() {
    return fields.stream().filter(field -> field.find(Alone.class).isPresent()).findFirst();
  }

  /** The role of the sections among the fields. */
  Optional<Role> brings() {
    return fields.stream()
        .flatMap(f -> f.find(Brings.class).stream())
        .map(Brings::value)
        .findFirst();
  }

  /** The words that the file may use as fields. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    fields.stream().filter(field -> !field.hidden()).map(Field::name).forEach(words::add);
    brings().ifPresent(role -> words.addAll(Sections.words(role)));
    return words;
  }

  /** A new record of these values, in the order of the fields. */
  Object create(List<Object> values) {
    try {
      Class<?>[] types = fields.stream().map(Field::type).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no record of the gate file: " + type.getName(), e);
    }
  }
}
