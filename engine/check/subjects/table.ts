/** Which file runs which pattern. */
import type {Pair} from '../../program/pair.ts';
import {startClass} from './class-pair.ts';
import {startDerivative} from './derivative-pair.ts';
import {startEngine} from './engine.ts';
import {startFunctionPair} from './function-pair.ts';
import {startLoss} from './loss.ts';
import {startModel} from './model.ts';
import {startNetwork} from './network.ts';
import type {Target} from './target.ts';
import {startNode, takesNode} from './node.ts';
import {withoutStatedRows} from './rows.ts';
import {startScript} from './script.ts';
import {startTorch} from './torch.ts';
import type {Execution, Scene} from './subject.ts';

/** How to run `pair`; `target` is what a network is trained towards; `ofTheOutput` hands a derivative the activation instead of its input. */
export function startSubject(pair: Pair, target: Target | null, ofTheOutput = false): (scene: Scene) => Execution {
  switch (pair.pattern) {
    case 'function-pair': return (scene) => startFunctionPair(pair, scene);
    case 'loss-with-gradients': return (scene) => startLoss(pair, scene);
    case 'class': return (scene) => (takesNode(pair) ? startNode(pair, scene) : ofVectors(pair, scene, startClass(pair, scene)));
    case 'derivative-pair': return (scene) => startDerivative(pair, scene, ofTheOutput);
    case 'script': return (scene) => startScript(pair, scene);
    case 'engine': return (scene) => startEngine(pair, scene);
    case 'torch': return (scene) => startTorch(pair, scene);
    case 'step-functions': return (scene) => (target === null ? startModel(pair, scene) : startNetwork(pair, scene, target));
  }
}

/** An execution whose gradients of vectors are vectors, also where its text wants them as rows. */
function ofVectors(pair: Pair, scene: Scene, execution: Execution): Execution {
  return {...execution, backward: (upstreams) => withoutStatedRows(pair, scene, execution.backward(upstreams))};
}
