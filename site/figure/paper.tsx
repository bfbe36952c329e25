// A picture on paper: its key frames one below the other, each with the words that stand beside the controls on a
// screen. They are drawn when somebody prints.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Trace } from '../../src/python/trace.ts';
import { keyFrames } from './key-frames.ts';
import type { Picture } from './picture.ts';
import { plainText } from './step-words.ts';
import { placeWords } from './stepper.tsx';

interface PaperProps {
  readonly picture: Picture;
  readonly trace: Trace;
  /** The step that the author wants on paper; null leaves the choice to the picture. */
  readonly chosen: number | null;
}

/** Between the margins of an A4 page, with the edge of the box, in CSS pixels. */
const PAPER_WIDTH = 640;

export function PaperFrames(props: PaperProps) {
  return useIsPaper() ? <KeyFrames {...props} /> : null;
}

export function KeyFrames({ picture, trace, chosen }: PaperProps) {
  const { title, stops } = picture;
  return (
    <div class="paper-frames">
      {keyFrames(picture, trace, chosen).map((at) => (
        <figure key={at} class="paper-frame">
          <figcaption>
            <strong>{`${title}, ${placeWords(trace, stops, at)}: `}</strong>
            {plainText(picture.sentence(at))}
          </figcaption>
          <div class="paper-picture">{picture.draw(at, PAPER_WIDTH)}</div>
          {picture.beside?.(at)}
          {/* At the end only Global is left. */}
          {at < stops.length - 1 && picture.underProgram?.(stops[at] ?? 0)}
        </figure>
      ))}
    </div>
  );
}

/**
 * Browsers say `beforeprint` before they count the pages, and wait for what is drawn then; a page that is only
 * looked at as paper hears of it by its media query.
 */
function useIsPaper(): boolean {
  const isPaper = useSignal(false);
  useEffect(() => {
    const paper = matchMedia('print');
    const begin = (): void => void (isPaper.value = true);
    const look = (): void => void (isPaper.value = paper.matches);
    look();
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', look);
    paper.addEventListener('change', look);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', look);
      paper.removeEventListener('change', look);
    };
  }, []);
  return isPaper.value;
}
