/** JSON for the page's own script. A data block is not run, so the policy allows it. */
export function DataBlock({ id, text }: { id: string; text: string }) {
  return (
    <script
      type="application/json"
      id={id}
      // "</script" inside the JSON would end the block.
      dangerouslySetInnerHTML={{ __html: text.replaceAll('<', '\\u003c') }}
    />
  );
}
