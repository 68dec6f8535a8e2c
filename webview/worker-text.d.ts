/** A module whose name ends so is a worker, bundled, as text. */
declare module '*?worker' {
  const text: string;
  export default text;
}
