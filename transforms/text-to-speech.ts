import { edit, section } from "../src/core/edit.js";
import type { Json, Transform } from "../src/types.js";

/** Input of `textToSpeech`. */
export interface TextToSpeechInput {
  provider: string;
  auto?: string;
  /** The provider's own entry: `model`, `voice`, `responseFormat`, … */
  settings: { [name: string]: Json };
}

/** Chooses who speaks, with what voice. Other speech providers and settings stay. */
export const textToSpeech: Transform<TextToSpeechInput> = ({ provider, auto, settings }) =>
  edit(({ config }) => {
    const tts = section(section(config, "messages"), "tts");
    if (auto !== undefined) tts["auto"] = auto;
    tts["provider"] = provider;
    Object.assign(section(section(tts, "providers"), provider), settings);
  });
