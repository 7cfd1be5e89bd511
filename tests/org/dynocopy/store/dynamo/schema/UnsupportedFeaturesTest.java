package org.dynocopy.store.dynamo.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Whether a table can be made with less, after it was refused. */
class UnsupportedFeaturesTest {

  private static DynamoDbException answer(int status, String code, String message) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, true",
    "400, UnknownOperationException, true",
    "400, UnsupportedOperationException, true",
    "400, ValidationException, true",
    "501, NotImplemented, true",
    "400, ThrottlingException, false",
    "400, ResourceInUseException, false",
    "400, LimitExceededException, false",
    "400, ExpiredTokenException, false",
    "500, InternalServerError, false",
    "503, ServiceUnavailable, false"
  })
  void askingForLessHelpsWhereTheRequestWasRefused(int status, String code, boolean helps) {
    assertThat(UnsupportedFeatures.is(answer(status, code, "tags"))).isEqualTo(helps);
    CreateTableRequest table =
        CreateTableRequest.builder()
            .tableName("users")
            .tags(Tag.builder().key("a").build())
            .build();
    assertThat(UnsupportedFeatures.refused(table, answer(status, code, "no tags")).isPresent())
        .isEqualTo(helps);
  }

  private static Optional<String> left(Consumer<CreateTableRequest.Builder> with, String message) {
    CreateTableRequest.Builder table = CreateTableRequest.builder().tableName("stream-tags");
    with.accept(table);
    return UnsupportedFeatures.refused(table.build(), answer(400, "ValidationException", message))
        .map(UnsupportedFeatures.Extra::name);
  }

  @Test
  void onlyWhatIsSetAndNamedIsLeftOut() {
    assertThat(left(t -> t.tableClass("STANDARD"), "unknown TableClass")).contains("table class");
    assertThat(left(t -> t.sseSpecification(s -> s.enabled(true)), "no KMS here"))
        .contains("encryption");
    assertThat(left(t -> t.deletionProtectionEnabled(true), "DeletionProtection is not known"))
        .contains("deletion protection");
    assertThat(left(t -> t.streamSpecification(s -> s.streamEnabled(true)), "a stream is too much"))
        .contains("stream");
    assertThat(left(t -> t.tags(Tag.builder().key("a").build()), "TagResource")).contains("tags");
    OnDemandThroughput limits = OnDemandThroughput.builder().maxReadRequestUnits(1L).build();
    assertThat(left(t -> t.onDemandThroughput(limits), "no throughput"))
        .contains("on-demand limits");
    assertThat(left(t -> t.tableClass("STANDARD"), "no KMS here")).isEmpty();
    assertThat(left(t -> t.tags(Tag.builder().key("a").build()), "stream-tags is there")).isEmpty();
  }
}
