// Lucide icons (ISC licence), put into the page as they are: no request, and they take the text's colour.

import arrowLeft from 'lucide-static/icons/arrow-left.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import braces from 'lucide-static/icons/braces.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import chevronUp from 'lucide-static/icons/chevron-up.svg?raw';
import circlePause from 'lucide-static/icons/circle-pause.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import laptop from 'lucide-static/icons/laptop.svg?raw';
import lightbulb from 'lucide-static/icons/lightbulb.svg?raw';
import lock from 'lucide-static/icons/lock.svg?raw';
import octagonAlert from 'lucide-static/icons/octagon-alert.svg?raw';
import panelTop from 'lucide-static/icons/panel-top.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import refresh from 'lucide-static/icons/refresh-cw.svg?raw';
import reset from 'lucide-static/icons/rotate-ccw.svg?raw';
import skipBack from 'lucide-static/icons/step-back.svg?raw';
import skipForward from 'lucide-static/icons/step-forward.svg?raw';
import square from 'lucide-static/icons/square.svg?raw';
import stepForward from 'lucide-static/icons/step-forward.svg?raw';
import sunMoon from 'lucide-static/icons/sun-moon.svg?raw';
import table from 'lucide-static/icons/table-2.svg?raw';
import terminal from 'lucide-static/icons/terminal.svg?raw';
import text from 'lucide-static/icons/align-left.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import user from 'lucide-static/icons/user-round.svg?raw';
import x from 'lucide-static/icons/x.svg?raw';

const ICONS = {
  arrowLeft,
  arrowRight,
  braces,
  check,
  chevronDown,
  chevronLeft,
  chevronRight,
  chevronUp,
  circlePause,
  copy,
  laptop,
  lightbulb,
  lock,
  octagonAlert,
  panelTop,
  pause,
  play,
  refresh,
  reset,
  skipBack,
  skipForward,
  square,
  stepForward,
  sunMoon,
  table,
  terminal,
  text,
  triangleAlert,
  user,
  x,
};

export type IconName = keyof typeof ICONS;

/** Decoration beside a word, or inside a control that has a name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      // The shapes come from the package, never from a reader.
      dangerouslySetInnerHTML={{ __html: shapes(ICONS[name]) }}
    />
  );
}

function shapes(svg: string): string {
  return svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).trim();
}
