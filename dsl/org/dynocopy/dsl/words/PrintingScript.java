package org.dynocopy.dsl.words;

import groovy.lang.Script;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;

/** A script that prints on standard error: standard output is for data. */
public abstract class PrintingScript extends Script {

  @Override
  public void print(Object value) {
    DefaultGroovyMethods.print(System.err, value);
  }

  @Override
  public void println() {
    System.err.println();
  }

  @Override
  public void println(Object value) {
    DefaultGroovyMethods.println(System.err, value);
  }

  @Override
  public void printf(String format, Object value) {
    DefaultGroovyMethods.printf(System.err, format, value);
  }

  @Override
  public void printf(String format, Object[] values) {
    DefaultGroovyMethods.printf(System.err, format, values);
  }
}
