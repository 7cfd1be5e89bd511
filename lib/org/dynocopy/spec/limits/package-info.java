/**
 * What a job may take of its tables: rates, budgets, prices, and how long requests are tried again.
 */
package org.dynocopy.spec.limits;
