package org.dynocopy.dsl.words;

import groovy.lang.Script;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.FormatHelper;
import org.dynocopy.diagnostic.PlainText;

/**
 * A script that prints on standard error: standard output is for data. What it prints may come from
 * items or parameters: it is shown, and never obeyed.
 */
public abstract class PrintingScript extends Script {

  @Override
  public void print(Object value) {
    System.err.print(PlainText.lines(FormatHelper.toString(value)));
  }

  @Override
  public void println() {
    System.err.println();
  }

  @Override
  public void println(Object value) {
    System.err.println(PlainText.lines(FormatHelper.toString(value)));
  }

  @Override
  public void printf(String format, Object value) {
    print(DefaultGroovyMethods.sprintf(this, format, value));
  }

  @Override
  public void printf(String format, Object[] values) {
    print(DefaultGroovyMethods.sprintf(this, format, values));
  }
}
