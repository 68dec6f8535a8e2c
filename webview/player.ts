/** The slider and the buttons that walk through the forward pass, then the backward pass. Holds the timer and nothing else. */
import {button, html} from './controls.ts';
import {titleOf} from './numbers.ts';
import {lastStep, walkOf} from './state.ts';
import type {PanelState} from './state.ts';

export interface Player {
  readonly bar: HTMLElement;
  show(state: PanelState): void;
}

/** Milliseconds of one step. */
const pace = 900;

export function createPlayer(current: () => PanelState, goTo: (step: number | null) => void): Player {
  let playing: number | undefined;
  const slider = html('input', {type: 'range', min: '0', 'aria-label': 'Step through forward, then backward'}) as HTMLInputElement;
  const progress = html('output', {});
  const play = button('▶', 'Play the forward pass, then the backward pass', () => {
    if (playing === undefined) start();
    else stop();
  });
  slider.addEventListener('input', () => {
    stop();
    goTo(Number(slider.value));
  });

  function start(): void {
    const {step} = current();
    if (step === null || step >= lastStep(current())) goTo(0);
    play.textContent = '⏸';
    playing = window.setInterval(() => {
      const now = current();
      if (now.step === null || now.step >= lastStep(now)) stop();
      else goTo(now.step + 1);
    }, pace);
  }

  function stop(): void {
    window.clearInterval(playing);
    playing = undefined;
    play.textContent = '▶';
  }

  function by(step: number): void {
    stop();
    const now = current();
    goTo(now.step === null ? (step > 0 ? 0 : lastStep(now)) : now.step + step);
  }

  return {
    bar: html('div', {'class': 'walk'},
      button('◀', 'One step back', () => { by(-1); }), play, button('▶|', 'One step on', () => { by(1); }), slider, progress,
      button('Show all', 'Show all of the forward and the backward pass', () => {
        stop();
        goTo(null);
      })),
    show(state) {
      const last = Math.max(0, lastStep(state));
      slider.max = String(last);
      slider.value = String(state.step ?? last);
      const walk = walkOf(state);
      progress.textContent = walk.current === null ? 'forward and backward' : `${walk.direction}: ${titleOf(walk.current)}`;
      slider.setAttribute('aria-valuetext', progress.textContent);
    },
  };
}
