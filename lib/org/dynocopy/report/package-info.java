/** Tells people and programs what a copy will do, does, and has done. */
package org.dynocopy.report;
