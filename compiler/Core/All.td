// All core ops, for the generators.
include "Elementwise.td"
include "Structural.td"
include "Movement.td"
include "Reduction.td"
include "Contraction.td"
include "Composite.td"
include "Control.td"
include "Program.td"
