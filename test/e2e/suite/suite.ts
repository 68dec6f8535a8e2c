/** The suite in the order in which it runs: activation first, since it happens once. */
import './activation.ts';
import './typing.ts';
import './commands.ts';
import './graph.ts';
import './hints.ts';
import './explanation.ts';
import './exercises.ts';
import './testing-view.ts';
import './notebook.ts';
import './changes.ts';
import './pictures.ts';
import './recovery.ts';
