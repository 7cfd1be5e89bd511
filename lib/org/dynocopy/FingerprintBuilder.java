package org.dynocopy;

import java.io.OutputStream;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** The fingerprint of a table, or of a part of it. */
public final class FingerprintBuilder extends SelectionBuilder<FingerprintBuilder> {

  private final JobBuilder fingerprint = new JobBuilder("fingerprint", HERE);
  private final OutputStream out;

  FingerprintBuilder(String table, OutputStream out) {
    fingerprint.from(table, HERE);
    this.out = out;
  }

  @Override
  JobBuilder words() {
    return fingerprint;
  }

  @Override
  FingerprintBuilder self() {
    return this;
  }

  @Override
  FingerprintJob job(Environments environments) {
    return fingerprint.fingerprinting(environments);
  }

  @Override
  OutputStream out() {
    return out;
  }
}
