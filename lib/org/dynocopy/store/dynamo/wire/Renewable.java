package org.dynocopy.store.dynamo.wire;

/** Credentials that know how a user gets new ones, where services do not take them any more. */
public interface Renewable {

  /** Returns what to do, as a sentence without its full stop. */
  String renewal();

  /** Returns whether others are had without a user's doing when these end. */
  boolean renewsItself();
}
