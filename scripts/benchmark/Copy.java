package org.dynocopy.scripts.benchmark;

import java.net.URI;

/**
 * What a contender has to do.
 *
 * @param endpoint where both tables are
 * @param from the table that is read
 * @param to the table that is written
 * @param segments how many segments are read at once
 * @param writers how many batches are written at once
 */
record Copy(URI endpoint, String from, String to, int segments, int writers) {

  /** Who asks: DynamoDB Local takes the database's name from here, the stub does not look. */
  static final String ACCESS_KEY = "local";

  static final String SECRET = "local";
  static final String REGION = "eu-west-1";
}
