/** The suite in the order in which it runs. */
import './activation.ts';
