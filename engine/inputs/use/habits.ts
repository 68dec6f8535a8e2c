/**
 * What is assumed of sizes that the code leaves open, since people write it so: as many channels in filters as in the
 * image, a bias for each filter, `input_size` columns in the input, as many labels as examples,
 * two directions of one size.
 * Only dimensions that nothing ties or names are touched.
 */
import {priorOf} from '../priors.ts';
import type {Dimension, Shape} from './dimension.ts';
import {nameRank} from './dimension.ts';
import type {ObjectValue, Thing} from './values.ts';

interface Named {
  readonly name: string;
  readonly shape: Shape;
}

export function assume(params: ReadonlyMap<string, Thing>, made: ReadonlyMap<string, Thing>, self: ObjectValue | null): void {
  const attributes: readonly Named[] = self === null ? []
    : [...self.attributes].flatMap(([name, value]) => value.kind === 'thing' ? [{name, shape: value.shape}] : []);
  const inputs = [...params.values()];
  assumeNamesakes(inputs, made);
  assumeConvolution([...made.values(), ...inputs, ...attributes]);
  if (self !== null && /(?:^|[a-z0-9_])Bi(?=[A-Z]|directional)|bidirectional/.test(self.definition.name)) assumeHalves([...made.values()]);
  const data = inputs.find(({shape, name}) => shape.rank !== null && shape.rank > 1 && priorOf(name).role === 'differentiable');
  if (data === undefined) return;
  assumeImage(data, [...made.values()]);
  const sizes = (pattern: RegExp): Dimension | undefined => [...made.values()].find(({name}) => pattern.test(name))?.whole;
  const columns = data.shape.rank === 2 ? data.shape.axis(1)! : null;
  const width = sizes(/^(?:input_?(?:size|dim|nodes|layer|features)?|n_?in(?:puts?)?|in_(?:features|dim|size)|d_in|num_inputs|fan_in|n_features|num_features)$/);
  // Where examples are columns, the rows have that size already.
  if (columns?.isOpen === true && width !== undefined && data.shape.axis(0)!.root() !== width.root()) columns.equate(width);
  const classes = sizes(/^(?:output_?(?:size|dim|nodes|layer)?|n_?out(?:puts?)?|out_(?:features|dim|size)|d_out|num_class(?:es)?|n_classes|num_outputs)$/);
  const inColumns = data.shape.axis(-1)!.names.some(({text}) => text === 'm');
  for (const {name, shape} of inputs) {
    if (priorOf(name).role !== 'label' || shape.rank === null || shape.rank === 0) continue;
    const batch = shape.axis(inColumns ? -1 : 0)!;
    if (batch.isUntied) batch.equate(data.shape.axis(inColumns ? -1 : 0)!);
    const row = classes ?? (made.size === 0 ? columns : null);
    if (shape.rank === 2 && !inColumns && row !== null && shape.axis(1)!.isUntied) shape.axis(1)!.equate(row);
  }
}

/** A size that the text gives an axis by the name of a parameter of the constructor: `x: (batch_size, in_channels, width)`. */
function assumeNamesakes(inputs: readonly Thing[], made: ReadonlyMap<string, Thing>): void {
  for (const {shape} of inputs) {
    for (let i = 0; i < (shape.rank ?? 0); i++) {
      const axis = shape.axis(i)!;
      const namesake = axis.names.map(({text, rank}) => (rank === nameRank.parameter ? undefined : made.get(text))).find((thing) => thing !== undefined && thing.shape.rank === null && thing.evidence.array === 0);
      if (namesake !== undefined && axis.size === null && axis.definition === null && axis.root() !== namesake.whole.root()) axis.equate(namesake.whole);
    }
  }
}

/** Image (N, C, H, W) and filters (F, C, HH, WW), with a vector of F numbers beside them. */
function assumeConvolution(things: readonly Named[]): void {
  const isFilter = ({name}: Named): boolean => /^(?:w|k|f)/i.test(name);
  const four = things.filter(({shape}) => shape.rank === 4);
  const image = four.find((thing) => !isFilter(thing));
  const filter = four.find(isFilter);
  if (image === undefined || filter === undefined) return;
  const channels = filter.shape.axis(1)!;
  const count = filter.shape.axis(0)!;
  if (channels.isOpen && count.isOpen) count.name('F', nameRank.computed);
  const ofImage = image.shape.axis(1)!;
  if (channels.isOpen || (channels.names.every(({rank}) => rank === nameRank.parameter) && channels.definition === null && channels.size === null)) channels.equate(ofImage);
  for (const {shape, name} of things) if (shape.rank === 1 && /^b/i.test(name) && shape.axis(0)!.isOpen) shape.axis(0)!.equate(count);
}

/** The two directions of a bidirectional layer are of one size: `Wx1` and `Wx2`, `Wh_f` and `Wh_b`. */
function assumeHalves(made: readonly Thing[]): void {
  for (const {name, shape} of made) {
    const partner = name.replace(/1$/, '2').replace(/_?f(?:wd|orward)?$/, (end) => end.replace(/f(?:wd|orward)?$/, (word) => (word === 'f' ? 'b' : word === 'fwd' ? 'bwd' : 'backward')));
    const other = partner === name ? undefined : made.find((one) => one.name === partner);
    if (other === undefined || shape.rank === null || other.shape.rank !== shape.rank) continue;
    for (let i = 0; i < shape.rank; i++) shape.axis(i)!.equate(other.shape.axis(i)!);
  }
}

/** `input_dim=(3, 32, 32)` tells the image's channels, height and width. */
function assumeImage(data: Thing, made: readonly Thing[]): void {
  const size = made.find(({name, entries}) => /^(?:input|in|img|image)_(?:dims?|shape|size)$/.test(name) && entries.size > 0);
  if (size === undefined || data.shape.rank !== 4) return;
  for (const axis of [1, 2, 3]) data.shape.axis(axis)!.equate(size.entry(axis - 1).whole);
}
