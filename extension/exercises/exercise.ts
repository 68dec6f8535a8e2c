/** One exercise: a forward that is given, and a backward that is to be written. Text only; a solution is nowhere in it. */
export interface Exercise {
  /** Stays the same for ever: progress is kept under it. */
  readonly id: string;
  readonly title: string;
  /** What one learns by it, in a sentence or two. */
  readonly teaches: string;
  /** The Python text; what is to be written is `None`. */
  readonly start: string;
  /** One step after the other; the last is nearly the answer, and never is it. */
  readonly hints: readonly string[];
}

/** The file as it is opened: its first line says which exercise it is, wherever it is saved. */
export function startText({id, title, teaches, start}: Exercise): string {
  return `# Exercise ${id}: ${title}\n${wrapped(teaches).map((line) => `# ${line}\n`).join('')}${start}`;
}

/** Which exercise a text is of, by its first lines; null when it is none. */
export function exerciseIdOf(text: string): string | null {
  return /^# Exercise ([\w-]+):/m.exec(text.slice(0, 400))?.[1] ?? null;
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 96) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
