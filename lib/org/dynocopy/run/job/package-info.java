/** What all jobs have in common: how they are described, run and reported. */
package org.dynocopy.run.job;
