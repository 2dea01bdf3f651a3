# rras-sim, an RRAS server with a fault knob per stage.
