/** How rates are changed while jobs run. */
package org.dynocopy.cli.tuning;
