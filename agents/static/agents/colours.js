// A chat's own colour: the same on every screen and every day, readable on what it stands on.

/**
 * Hues that stay apart from one another; yellow is the notes' own and red is for trouble.
 */
const HUES = [205, 265, 150, 310, 185, 235, 335, 120, 285, 168];

/**
 * @param {string} id
 * @returns {number} one of the hues, always the same for the same id
 */
export function hueOf(id) {
  let sum = 2166136261;
  for (let i = 0; i < id.length; i += 1) sum = Math.imul(sum ^ id.charCodeAt(i), 16777619);
  return HUES[(sum >>> 0) % HUES.length];
}

/**
 * The lightness (percent) nearest to the usual one at which the hue reads on the ground with 4.5:1.
 * @param {number} hue
 * @param {[number, number, number]} ground red, green, blue, 0–255
 * @returns {string} a CSS colour
 */
export function readableOn(hue, ground) {
  const dark = luminance(ground) < 0.2;
  for (let lightness = dark ? 62 : 42; dark ? lightness < 100 : lightness > 0; lightness += dark ? 2 : -2) {
    const colour = rgbOf(hue, 0.6, lightness / 100);
    if (contrast(colour, ground) >= 4.5) return `rgb(${colour.join(" ")})`;
  }
  return dark ? "rgb(255 255 255)" : "rgb(0 0 0)";
}

/**
 * WCAG 2.2, "contrast ratio".
 * @param {[number, number, number]} a
 * @param {[number, number, number]} b
 */
export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * WCAG 2.2, "relative luminance".
 * @param {[number, number, number]} colour
 */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * @param {number} hue degrees
 * @param {number} saturation 0–1
 * @param {number} lightness 0–1
 * @returns {[number, number, number]}
 */
function rgbOf(hue, saturation, lightness) {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  /** @param {number} n */
  const part = (n) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}
