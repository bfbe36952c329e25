// Vite hands over a file's text with `?raw`.
declare module '*.py?raw' {
  const text: string;
  export default text;
}
