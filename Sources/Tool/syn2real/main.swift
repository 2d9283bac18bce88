import Syn2RealCommand

Syn2Real.main()
