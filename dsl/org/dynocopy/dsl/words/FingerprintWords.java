package org.dynocopy.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** The words of {@code fingerprint { }}. */
public final class FingerprintWords extends ReadingWords<JobBuilder> {

  FingerprintWords(Location at, Evaluation evaluation) {
    super(FingerprintWords.class, at, evaluation);
  }

  /** Holds reads to so many units a second, or a percentage; default: no limit. */
  @Override
  @Word(takes = "a rate by name", example = "rate read: 500")
  public void rate(@NamedParams(@NamedParam(value = "read", required = true)) Map<String, ?> rate) {
    super.rate(rate);
  }

  Job job(Environments environments) {
    JobBuilder fingerprint = new JobBuilder("fingerprint", at());
    said().forEach(said -> said.action().accept(fingerprint));
    return fingerprint.fingerprinting(environments);
  }
}
