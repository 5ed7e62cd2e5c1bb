/** Drawn in tiles (see `tiles.ts`), by the three letters of the results system of the Games. */
export const disciplineTiles = {
  // A bow, and the arrow on it.
  ARC: "##D... ..#D.. #####d #####a ..#A.. ##A...",
  // A runner.
  ATH: "....CD .c##BA #.##.. ..#d## .c#b#. ##..#.",
  // A shuttlecock.
  BDM: "#.##.# #.##.# b####a .b##a. ..##.. ..BA..",
  // Three balls.
  BK3: "..CD.. ..BA.. ...... CD..CD BA..BA ######",
  // A ball above the hoop and its net.
  BKB: "..CD.. ..BA.. ...... ###### b#..#a .b##a.",
  // Standing on the head.
  BKG: "##..## .#..#. .b##a. #.##.# #bCDa# ..BA..",
  // Wheels in the air above a ramp.
  BMF: "CD.CD. BA#BA. .....c ....c# ..c### c#####",
  // Wheels on bumps.
  BMX: "...... CD.CD. BA#BA. ...... CDCDCD ######",
  // A glove.
  BOX: ".C###D C##### #.#### ##.### B####A .####.",
  // A ball on a diamond.
  BSB: "..cd.. .c##d. c#CD#d b#BA#a .b##a. ..ba..",
  // A star of fireworks.
  CER: "#.cd.# ..##.. c####d b####a ..##.. #.ba.#",
  // A wicket and its ball.
  CKT: "#.#.#. #.#.#. #.#.#. #.#.#. #.#.CD #.#.BA",
  // A climber on an overhang.
  CLB: ".CD..# .BA#.# ..##a# ..##.# .c#.## ##...#",
  // A bicycle.
  CRD: "...... ##..## .#..#. .b###. CD..CD BA..BA",
  // A boat between hanging poles.
  CSL: "#....# #....# #....# ..CD.. b####a .b##a.",
  // A boat and a paddle.
  CSP: "#d.CD. b#dBA. .b##.. b####a .b##a. CDCDCD",
  // A wheel on a bank.
  CTR: "..##.. ##b#d. CD..CD BA..BA ...c## c#####",
  // Head first.
  DIV: "...c## ..c##a .c##a. CD#a.. BA.... CDCDCD",
  // A horse's head.
  EQU: "..c#.. .C##d. C####D ##.b## ###.b# ####..",
  // A ball with its panels.
  FBL: ".C##D. C.##.D #c..d# #b..a# B.##.A .B##A.",
  // Crossed blades.
  FEN: "a....b bd..ca .bdca. ..ba.. .ca.bd ##..##",
  // A ball that is not round, and the flag.
  FFB: "###... ###.CD #..C#A #.C##. #.B#A. #.....",
  // A handstand on rings' bars.
  GAR: "..##.. ..##.. ..##.. .c##d. #BCDA# ##BA##",
  // A flag and the hole.
  GLF: "..#... ..##d. ..##a. ..#... ..#..# .C##D.",
  // A ribbon.
  GRY: "CD.... BA.C#D .c##.# .##.C# .##.#. c#.#B#",
  // Up from the canvas.
  GTR: "..CD.. #.BA.# b####a ..##.. ...... b####a",
  // A ball in the hand.
  HBL: ".CD... .BA... #.##.. #.##.# ###### .####.",
  // A stick and a ball.
  HOC: "....## ...c#a ..c#a. .c#a.. ##a.CD B#A.BA",
  // A belt with its knot.
  JUD: "...... ###### ###### ..##.. .c##d. ##..##",
  // A net on its stick.
  LAX: "..C##D ..#.## ..B##A .c#a.. c#a.CD #a..BA",
  // Five tiles for five trials.
  MPN: "CD..cd BA..## ..##.. ..##.. ##..CD ba..BA",
  // Wheels below a summit.
  MTB: "..cd.. .c##d. c####d ...... CD..CD BA..BA",
  // A buoy in the open sea.
  OWS: "..cd.. ..##.. CD##.. BA.... CDCDCD CDCDCD",
  // A hull, oars wide.
  ROW: "..CD.. ..BA.. #.##.# b####a .b##a. CDCDCD",
  // A ball between the posts.
  RU7: "#....# #....# ###### #.CD.# #.BA.# #....#",
  // A sail.
  SAL: "..#d.. ..##d. .c###d c#.### ...... b####a",
  // A ball, and the bat.
  SBL: "....c# ...c## ..c##a .c#a.. c#a.CD #a..BA",
  // The sight.
  SHO: "..##.. .C..D. #.CD.# #.BA.# .B..A. ..##..",
  // A board on its wheels.
  SKB: "...... #....# b####a .####. CD..CD BA..BA",
  // A ball against the wall.
  SQU: "#CD... #BA... #..C#D #..#.# #..B#A #...#.",
  // A board on the wave.
  SRF: ".C##D. C##B#D ##...A ##.CD. ###BA. ######",
  // A leg out of the water.
  SWA: "..#..# ..#..# ..##.# .c##c# CDCDCD CDCDCD",
  // An arm over the water.
  SWM: "..c#d. .c#.b# .##.CD #..#BA CDCDCD CDCDCD",
  // A racket and a ball.
  TEN: ".C##D. .#..#. .#..#. .B##A. ..##CD ..##BA",
  // A high kick.
  TKW: "CD...# BA..c# ##.c#a .###a. .##... .##...",
  // Water, wheel, road.
  TRI: "CDCDCD ...... CD..CD BA##BA ...... #.##.#",
  // A bat and a small ball.
  TTE: "C####D ###### ###### B####A CD##.. BA##..",
  // A ball above the net, on sand.
  VBV: ".CD... .BA... ###### #.##.# #....# CDCDCD",
  // A ball above the net.
  VVO: ".CD... .BA... ###### #.##.# ###### #....#",
  // A bar overhead.
  WLF: "##..## ###### ##..## #.CD.# #.BA.# .####.",
  // A ball on the water.
  WPO: "..C#D. ..###. ..B#A. ...... CDCDCD CDCDCD",
  // Two who hold each other.
  WRE: "CD..CD BA..BA .####. ##..## #....# #....#",
} as const;
