import { type ReactNode, useMemo } from "react";
import { useTranslations } from "use-intl";
import { qrPathOf } from "./qr-path.ts";

type QrCodeProps = {
  readonly text: string;
  /** For screen readers: what the code is for. */
  readonly label?: string;
  readonly errorCorrectionLevel?: "L" | "M" | "Q" | "H";
  /** The text has only digits, capitals, space and `$%*+-./:`, as base45 does: the code gets smaller. */
  readonly alphanumeric?: boolean;
  /** Any CSS width; the code is square and stays crisp. */
  readonly width?: string | number;
};

/** A QR code, dark on light in the dark scheme too: many readers see nothing else. */
export function QrCode({
  text,
  label,
  errorCorrectionLevel = "M",
  alphanumeric = false,
  width = "100%",
}: QrCodeProps): ReactNode {
  const t = useTranslations("common.qrCode");
  const { size, path } = useMemo(
    () => qrPathOf(text, errorCorrectionLevel, alphanumeric),
    [text, errorCorrectionLevel, alphanumeric],
  );
  return (
    <svg
      role="img"
      aria-label={label ?? t("label")}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      style={{ display: "block", width, maxWidth: "100%", aspectRatio: "1", forcedColorAdjust: "none" }}
    >
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
