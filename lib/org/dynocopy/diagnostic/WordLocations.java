package org.dynocopy.diagnostic;

import java.util.Map;
import java.util.stream.Stream;

/**
 * Where each word of a job stands, so that what is found out later can still be pointed at.
 *
 * @param places the places by the word
 */
public record WordLocations(Map<String, Location> places) {

  /** The word that stands for the whole job. */
  public static final String JOB = "copy";

  /** Copies the map. */
  public WordLocations {
    places = Map.copyOf(places);
  }

  /**
   * Returns where a word stands.
   *
   * @param wanted the word, then what stands in for it where it was not said; the last is the job
   */
  public Location at(String... wanted) {
    return Stream.concat(Stream.of(wanted), Stream.of(JOB))
        .filter(places::containsKey)
        .findFirst()
        .map(places::get)
        .orElse(Location.NOWHERE);
  }
}
