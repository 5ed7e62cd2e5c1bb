import type { Outcome } from "@tessera/contracts";

export type Tone = {
  readonly hertz: number;
  readonly atMs: number;
  readonly forMs: number;
  readonly wave: OscillatorType;
};

/** What is heard and felt: one of the three answers, or that an earlier answer turned out wrong. */
export type Signal = Outcome | "alarm";

/** Told apart with closed eyes: rising for yes, level and repeated for a closer look, low and long for no. */
export const tones: Readonly<Record<Signal, readonly Tone[]>> = {
  admit: [
    { hertz: 660, atMs: 0, forMs: 90, wave: "sine" },
    { hertz: 990, atMs: 90, forMs: 160, wave: "sine" },
  ],
  check: [0, 150, 300].map((atMs) => ({ hertz: 523, atMs, forMs: 90, wave: "triangle" })),
  refuse: [
    { hertz: 196, atMs: 0, forMs: 180, wave: "square" },
    { hertz: 147, atMs: 190, forMs: 380, wave: "square" },
  ],
  alarm: [0, 200, 400, 600, 800, 1000].map((atMs, index) => ({
    hertz: index % 2 === 0 ? 880 : 622,
    atMs,
    forMs: 180,
    wave: "sawtooth",
  })),
};

/** Milliseconds on, off, on… */
export const vibrations: Readonly<Record<Signal, readonly number[]>> = {
  admit: [80],
  check: [80, 70, 80, 70, 80],
  refuse: [450],
  alarm: [300, 100, 300, 100, 300, 100, 300],
};

const volume = 0.25;

let audio: AudioContext | undefined;

/** Browsers are silent until somebody has touched the page: choosing the gate was that, and each touch is again. */
export async function wakeSound(): Promise<void> {
  audio ??= new AudioContext();
  if (audio.state === "suspended" && navigator.userActivation.hasBeenActive) await audio.resume();
}

/** Whether anything would be heard now. */
export const isSoundAwake = (): boolean => audio?.state === "running";

export function play(signal: Signal): void {
  if (audio?.state !== "running") return;
  for (const { hertz, atMs, forMs, wave } of tones[signal]) {
    const start = audio.currentTime + atMs / 1000;
    const end = start + forMs / 1000;
    const gain = new GainNode(audio, { gain: volume });
    // Without a short fade a tone ends in a click.
    gain.gain.setValueAtTime(volume, Math.max(start, end - 0.02));
    gain.gain.linearRampToValueAtTime(0, end);
    const oscillator = new OscillatorNode(audio, { type: wave, frequency: hertz });
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}

/** Where the device can: not every tablet has a motor, some browsers do not know the word, and none before a touch. */
export function vibrate(signal: Signal): void {
  if ("vibrate" in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate([...vibrations[signal]]);
}
