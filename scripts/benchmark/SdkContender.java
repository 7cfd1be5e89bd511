package org.dynocopy.scripts.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A copy as one writes it with the SDK: its synchronous client with the Apache HTTP client, a
 * thread for each scan segment, and a pool that writes batches. The number of batches on their way
 * is bounded; unprocessed items are sent again, with backoff and jitter.
 */
final class SdkContender implements Contender {

  private static final int MOST_WAIT_MILLIS = 1_000;

  private final boolean inOrder;

  /**
   * Makes the contender.
   *
   * @param inOrder whether to read one segment after the other
   */
  SdkContender(boolean inOrder) {
    this.inOrder = inOrder;
  }

  @Override
  public void copy(Copy copy) throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(inOrder ? 1 : copy.segments());
    ExecutorService writers = Executors.newFixedThreadPool(copy.writers());
    try (DynamoDbClient client = client(copy)) {
      Batches batches = new Batches(client, copy, writers);
      List<Callable<Void>> segments = new ArrayList<>();
      for (int i = 0; i < copy.segments(); i++) {
        int segment = i;
        segments.add(
            () -> {
              read(client, copy, segment, batches);
              return null;
            });
      }
      for (Future<Void> segment : readers.invokeAll(segments)) {
        segment.get();
      }
      batches.finish();
    } finally {
      readers.shutdownNow();
      writers.shutdownNow();
    }
  }

  @SuppressWarnings("deprecation") // most copies that there are still use this HTTP client
  private static DynamoDbClient client(Copy copy) {
    AwsBasicCredentials credentials = AwsBasicCredentials.create(Copy.ACCESS_KEY, Copy.SECRET);
    return DynamoDbClient.builder()
        .endpointOverride(copy.endpoint())
        .region(Region.of(Copy.REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .maxConnections(copy.segments() + copy.writers())
                .socketTimeout(Duration.ofSeconds(60)))
        .build();
  }

  private static void read(DynamoDbClient client, Copy copy, int segment, Batches batches)
      throws Exception {
    Map<String, AttributeValue> position = null;
    do {
      ScanRequest request =
          ScanRequest.builder()
              .tableName(copy.from())
              .segment(segment)
              .totalSegments(copy.segments())
              .exclusiveStartKey(position)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
              .build();
      ScanResponse page = scan(client, request);
      List<WriteRequest> batch = new ArrayList<>(25);
      for (Map<String, AttributeValue> item : page.items()) {
        PutRequest put = PutRequest.builder().item(item).build();
        batch.add(WriteRequest.builder().putRequest(put).build());
        if (batch.size() == 25) {
          batches.write(batch);
          batch = new ArrayList<>(25);
        }
      }
      batches.write(batch);
      position = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (position != null);
  }

  /** The SDK tries a few times by itself. */
  private static ScanResponse scan(DynamoDbClient client, ScanRequest request)
      throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return client.scan(request);
      } catch (ProvisionedThroughputExceededException e) {
        backOff(attempt);
      }
    }
  }

  private static void backOff(int attempt) throws InterruptedException {
    int most = Math.min(MOST_WAIT_MILLIS, 50 << Math.min(attempt, 5));
    Thread.sleep(ThreadLocalRandom.current().nextInt(most));
  }

  /** Writes batches in the threads of a pool, as many as it has. */
  private static final class Batches {
    private final DynamoDbClient client;
    private final Copy copy;
    private final ExecutorService threads;
    private final Semaphore free;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Batches(DynamoDbClient client, Copy copy, ExecutorService threads) {
      this.client = client;
      this.copy = copy;
      this.threads = threads;
      this.free = new Semaphore(copy.writers());
    }

    void write(List<WriteRequest> batch) throws InterruptedException {
      if (batch.isEmpty()) {
        return;
      }
      free.acquire();
      threads.execute(
          () -> {
            try {
              send(batch);
            } catch (Throwable e) {
              failure.compareAndSet(null, e);
            } finally {
              free.release();
            }
          });
    }

    private void send(List<WriteRequest> batch) throws InterruptedException {
      Map<String, List<WriteRequest>> left = Map.of(copy.to(), batch);
      for (int attempt = 0; !left.isEmpty(); attempt++) {
        Map<String, List<WriteRequest>> items = left;
        if (attempt > 0) {
          backOff(attempt - 1);
        }
        left =
            client
                .batchWriteItem(
                    r -> r.requestItems(items).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .unprocessedItems();
      }
    }

    /** Waits for all. */
    void finish() throws InterruptedException {
      free.acquire(copy.writers());
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
    }
  }
}
