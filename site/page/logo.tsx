// Three frames beside three rows of slots; the running frame and the last slot are blue.

export function Logo() {
  const slots = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));
  return (
    <svg viewBox="0 0 26 22" aria-hidden="true" fill="none">
      {[0, 1, 2].map((row) => (
        <rect
          x="1"
          y={1 + row * 7}
          width="11"
          height="5.4"
          rx="1.4"
          stroke-width="1.8"
          style={
            row === 0
              ? { fill: 'var(--accent)', stroke: 'var(--accent)' }
              : { stroke: 'var(--ink)' }
          }
        />
      ))}
      {slots.map(({ row, column }) => (
        <rect
          x={15 + column * 3.8}
          y={0.6 + row * 7}
          width="2.9"
          height="6.2"
          rx="0.9"
          style={{ fill: row === 0 && column === 2 ? 'var(--accent)' : 'var(--ink)' }}
        />
      ))}
    </svg>
  );
}
