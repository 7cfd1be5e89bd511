package org.dynocopy.store.dynamo.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Knows an endpoint that has not all of DynamoDB's features, or a user who may not use them. */
final class UnsupportedFeatures {

  static final String ENCRYPTION = "SSESpecification";
  private static final String LIMITS = "OnDemandThroughput";

  private static final Set<String> CODES =
      Set.of(
          "AccessDeniedException",
          "UnknownOperationException",
          "UnsupportedOperationException",
          "ValidationException");

  private static final Pattern DENIED =
      Pattern.compile("access.?denied|not authorized", Pattern.CASE_INSENSITIVE);

  /**
   * What a table can be without.
   *
   * @param name what users call it
   * @param member its name in CreateTable
   * @param words what a message says that refuses it
   */
  record Extra(String name, String member, Pattern words) {
    Extra(String name, String member, String words) {
      this(name, member, Pattern.compile(words, Pattern.CASE_INSENSITIVE));
    }
  }

  private static final List<Extra> EXTRAS =
      List.of(
          new Extra("table class", "TableClass", "table.?class"),
          new Extra("encryption", ENCRYPTION, "\\bSSE|KMS|encrypt"),
          new Extra("deletion protection", "DeletionProtectionEnabled", "deletion.?protection"),
          new Extra("stream", "StreamSpecification", "\\bstream"),
          new Extra("tags", "Tags", "\\btag(s|ging|resource)?\\b"),
          // They are set for on-demand tables only, which have no other throughput.
          new Extra("on-demand limits", LIMITS, "throughput"));

  private UnsupportedFeatures() {}

  /** Returns whether asking for less can help: not so for a throttled or a broken service. */
  static boolean is(DynamoDbException e) {
    return e.statusCode() == 501 || CODES.contains(code(e));
  }

  /** Returns whether the user may not do it, where another one may. */
  static boolean denies(DynamoDbException e) {
    return code(e).equals("AccessDeniedException") || DENIED.matcher(reason(e)).find();
  }

  /** Returns why, in the endpoint's words. */
  static String reason(DynamoDbException e) {
    String message = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
    return message == null || message.isEmpty() ? code(e) : message;
  }

  private static String code(DynamoDbException e) {
    return e.awsErrorDetails() == null ? "" : Objects.toString(e.awsErrorDetails().errorCode(), "");
  }

  /** Returns the extra that was refused: one that is set and that the message names. */
  static Optional<Extra> refused(CreateTableRequest request, DynamoDbException e) {
    if (!is(e)) {
      return Optional.empty();
    }
    // A table may be called after anything.
    String said = reason(e).replace(request.tableName(), "");
    boolean indexLimits =
        request.globalSecondaryIndexes().stream().anyMatch(i -> i.onDemandThroughput() != null);
    Set<String> members = SdkModels.members(request).keySet();
    return EXTRAS.stream()
        .filter(extra -> extra.words().matcher(said).find())
        .filter(
            extra ->
                members.contains(extra.member()) || indexLimits && extra.member().equals(LIMITS))
        .findFirst();
  }
}
